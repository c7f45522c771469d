/** What letters say that ask for an answer to a dispute, in each language. `{document}` and the like are filled in. */
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';

export interface ReminderTexts {
  readonly subject: string;
  readonly greeting: string;
  /** The answer is due, and was due. */
  readonly due: string;
  readonly overdue: string;
  readonly offer: string;
  readonly reason: string;
  readonly crossed: string;
  readonly end: string;
  readonly columns: { readonly document: string; readonly raised: string; readonly answerBy: string; readonly contested: string };
  readonly total: string;
  readonly number: string;
  readonly account: string;
}

export const reminderTexts: Readonly<Record<DocumentLanguage, ReminderTexts>> = {
  en: {
    subject: 'Dispute {dispute}: your answer',
    greeting: 'Dear Sir or Madam,',
    due: 'we contest {amount} of {document} and ask for your answer by {by}.',
    overdue: 'we contest {amount} of {document}. Your answer was due on {by}; please give it now.',
    offer: 'We have offered {offer}.',
    reason: 'Reason: {reason}',
    crossed: 'If you have answered in the meantime, please disregard this letter.',
    end: 'Kind regards',
    columns: { document: 'Document', raised: 'Raised', answerBy: 'Answer by', contested: 'Contested' },
    total: 'Without tax',
    number: 'Letter',
    account: 'Account',
  },
  de: {
    subject: 'Reklamation {dispute}: Ihre Antwort',
    greeting: 'Sehr geehrte Damen und Herren,',
    due: 'wir bestreiten {amount} aus {document} und bitten um Ihre Antwort bis {by}.',
    overdue: 'wir bestreiten {amount} aus {document}. Ihre Antwort war am {by} fällig; bitte holen Sie sie nach.',
    offer: 'Angeboten haben wir {offer}.',
    reason: 'Grund: {reason}',
    crossed: 'Haben Sie inzwischen geantwortet, ist dieses Schreiben gegenstandslos.',
    end: 'Mit freundlichen Grüßen',
    columns: { document: 'Beleg', raised: 'Erhoben', answerBy: 'Antwort bis', contested: 'Bestritten' },
    total: 'Ohne Steuer',
    number: 'Schreiben',
    account: 'Konto',
  },
  fr: {
    subject: 'Litige {dispute} : votre réponse',
    greeting: 'Madame, Monsieur,',
    due: 'nous contestons {amount} de {document} et attendons votre réponse avant le {by}.',
    overdue: 'nous contestons {amount} de {document}. Votre réponse était attendue le {by} ; merci de nous la donner sans délai.',
    offer: 'Nous avons proposé {offer}.',
    reason: 'Motif : {reason}',
    crossed: 'Si vous avez répondu entre-temps, veuillez ne pas tenir compte de cette lettre.',
    end: 'Veuillez agréer nos salutations distinguées',
    columns: { document: 'Document', raised: 'Ouvert', answerBy: 'Réponse avant', contested: 'Contesté' },
    total: 'Hors taxes',
    number: 'Lettre',
    account: 'Compte',
  },
  es: {
    subject: 'Disputa {dispute}: su respuesta',
    greeting: 'Estimados señores:',
    due: 'impugnamos {amount} de {document} y les pedimos su respuesta antes del {by}.',
    overdue: 'impugnamos {amount} de {document}. Su respuesta vencía el {by}; les rogamos que la den ahora.',
    offer: 'Hemos ofrecido {offer}.',
    reason: 'Motivo: {reason}',
    crossed: 'Si ya han respondido, no tengan en cuenta esta carta.',
    end: 'Atentamente',
    columns: { document: 'Documento', raised: 'Abierta', answerBy: 'Respuesta hasta', contested: 'Impugnado' },
    total: 'Sin impuestos',
    number: 'Carta',
    account: 'Cuenta',
  },
  pt: {
    subject: 'Disputa {dispute}: a vossa resposta',
    greeting: 'Exmos. Senhores,',
    due: 'contestamos {amount} de {document} e pedimos a vossa resposta até {by}.',
    overdue: 'contestamos {amount} de {document}. A vossa resposta era devida em {by}; pedimos que a enviem agora.',
    offer: 'Oferecemos {offer}.',
    reason: 'Motivo: {reason}',
    crossed: 'Se entretanto já responderam, queiram ignorar esta carta.',
    end: 'Com os melhores cumprimentos',
    columns: { document: 'Documento', raised: 'Aberta', answerBy: 'Resposta até', contested: 'Contestado' },
    total: 'Sem imposto',
    number: 'Carta',
    account: 'Conta',
  },
  ar: {
    subject: 'النزاع {dispute}: ردّكم',
    greeting: 'تحية طيبة وبعد،',
    due: 'نعترض على مبلغ {amount} من المستند {document} ونرجو ردّكم حتى {by}.',
    overdue: 'نعترض على مبلغ {amount} من المستند {document}. كان ردّكم مستحقاً في {by}، ونرجو إرساله الآن.',
    offer: 'لقد عرضنا {offer}.',
    reason: 'السبب: {reason}',
    crossed: 'إذا كنتم قد رددتم في هذه الأثناء فنرجو اعتبار هذه الرسالة لاغية.',
    end: 'مع خالص التحية',
    columns: { document: 'المستند', raised: 'تاريخ الاعتراض', answerBy: 'الرد حتى', contested: 'المبلغ المعترض عليه' },
    total: 'دون ضريبة',
    number: 'رسالة',
    account: 'الحساب',
  },
};
