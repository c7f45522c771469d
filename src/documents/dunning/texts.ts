/** What letters for overdue amounts say, in each language. `{amount}` and the like are filled in. */

import type { DunningTone } from '#core/parties/dunning-terms.ts';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';

export interface DunningTexts {
  readonly subjects: Readonly<Record<DunningTone, string>>;
  readonly greeting: string;
  readonly bodies: Readonly<Record<DunningTone, string>>;
  readonly fee: string;
  readonly crossed: string;
  readonly end: string;
  readonly columns: { readonly document: string; readonly due: string; readonly late: string; readonly owed: string };
  readonly feeLine: string;
  readonly total: string;
  readonly account: string;
  readonly number: string;
}

export const dunningTexts: Readonly<Record<DocumentLanguage, DunningTexts>> = {
  en: {
    subjects: { reminder: 'Payment reminder', demand: 'Demand for payment', final: 'Final demand' },
    greeting: 'Dear Sir or Madam,',
    bodies: {
      reminder: 'the following documents are past their due date. Perhaps they have escaped your notice: please pay {amount} by {payBy}.',
      demand: 'the following documents are still not paid. We ask you to pay {amount} by {payBy}.',
      final:
        'in spite of our letters the following documents are not paid. Pay {amount} by {payBy} at the latest; after that we take further steps.',
    },
    fee: 'The sum includes a fee of {fee}.',
    crossed: 'If you have paid in the meantime, please disregard this letter. If you dispute a document, please tell us.',
    end: 'Kind regards',
    columns: { document: 'Document', due: 'Due', late: 'Days late', owed: 'Owed' },
    feeLine: 'Fee of this letter',
    total: 'Total',
    account: 'Account',
    number: 'Letter',
  },
  de: {
    subjects: { reminder: 'Zahlungserinnerung', demand: 'Mahnung', final: 'Letzte Mahnung' },
    greeting: 'Sehr geehrte Damen und Herren,',
    bodies: {
      reminder:
        'die folgenden Belege sind überfällig. Vielleicht sind sie Ihrer Aufmerksamkeit entgangen: Bitte zahlen Sie {amount} bis {payBy}.',
      demand: 'die folgenden Belege sind noch nicht bezahlt. Wir bitten Sie, {amount} bis {payBy} zu zahlen.',
      final:
        'trotz unserer Schreiben sind die folgenden Belege nicht bezahlt. Zahlen Sie {amount} spätestens bis {payBy}; danach leiten wir weitere Schritte ein.',
    },
    fee: 'Darin ist eine Gebühr von {fee} enthalten.',
    crossed: 'Haben Sie inzwischen gezahlt, ist dieses Schreiben gegenstandslos. Bestreiten Sie einen Beleg, teilen Sie es uns bitte mit.',
    end: 'Mit freundlichen Grüßen',
    columns: { document: 'Beleg', due: 'Fällig', late: 'Tage überfällig', owed: 'Offen' },
    feeLine: 'Gebühr dieses Schreibens',
    total: 'Summe',
    account: 'Konto',
    number: 'Schreiben',
  },
  fr: {
    subjects: { reminder: 'Rappel de paiement', demand: 'Mise en demeure', final: 'Dernière mise en demeure' },
    greeting: 'Madame, Monsieur,',
    bodies: {
      reminder:
        'les documents suivants sont échus. Ils ont peut-être échappé à votre attention : veuillez régler {amount} avant le {payBy}.',
      demand: 'les documents suivants restent impayés. Nous vous prions de régler {amount} avant le {payBy}.',
      final:
        'malgré nos courriers, les documents suivants restent impayés. Réglez {amount} au plus tard le {payBy} ; passé ce délai, nous engagerons d’autres démarches.',
    },
    fee: 'Cette somme comprend des frais de {fee}.',
    crossed:
      'Si vous avez réglé entre-temps, ne tenez pas compte de ce courrier. Si vous contestez un document, veuillez nous en informer.',
    end: 'Cordialement',
    columns: { document: 'Document', due: 'Échéance', late: 'Jours de retard', owed: 'Dû' },
    feeLine: 'Frais de ce courrier',
    total: 'Total',
    account: 'Compte',
    number: 'Courrier',
  },
  es: {
    subjects: { reminder: 'Recordatorio de pago', demand: 'Requerimiento de pago', final: 'Último requerimiento de pago' },
    greeting: 'Estimados señores:',
    bodies: {
      reminder:
        'Los siguientes documentos están vencidos. Tal vez se les hayan pasado por alto: les rogamos que paguen {amount} antes del {payBy}.',
      demand: 'Los siguientes documentos siguen sin pagar. Les pedimos que paguen {amount} antes del {payBy}.',
      final:
        'A pesar de nuestros escritos, los siguientes documentos siguen sin pagar. Paguen {amount} a más tardar el {payBy}; después tomaremos otras medidas.',
    },
    fee: 'La suma incluye gastos de {fee}.',
    crossed:
      'Si ya han pagado, no tengan en cuenta este escrito. Si no están conformes con un documento, les rogamos que nos lo comuniquen.',
    end: 'Atentamente',
    columns: { document: 'Documento', due: 'Vencimiento', late: 'Días de retraso', owed: 'Pendiente' },
    feeLine: 'Gastos de este escrito',
    total: 'Total',
    account: 'Cuenta',
    number: 'Escrito',
  },
  pt: {
    subjects: { reminder: 'Lembrete de pagamento', demand: 'Aviso de pagamento', final: 'Último aviso de pagamento' },
    greeting: 'Exmos. Senhores,',
    bodies: {
      reminder:
        'Os seguintes documentos estão vencidos. Talvez tenham passado despercebidos: agradecemos o pagamento de {amount} até {payBy}.',
      demand: 'Os seguintes documentos continuam por pagar. Solicitamos o pagamento de {amount} até {payBy}.',
      final:
        'Apesar das nossas cartas, os seguintes documentos continuam por pagar. Paguem {amount} até {payBy}, o mais tardar; depois disso tomaremos outras medidas.',
    },
    fee: 'A soma inclui despesas de {fee}.',
    crossed: 'Se entretanto pagaram, queiram ignorar esta carta. Se contestam um documento, queiram informar-nos.',
    end: 'Com os melhores cumprimentos',
    columns: { document: 'Documento', due: 'Vencimento', late: 'Dias de atraso', owed: 'Em dívida' },
    feeLine: 'Despesas desta carta',
    total: 'Total',
    account: 'Conta',
    number: 'Carta',
  },
  ar: {
    subjects: { reminder: 'تذكير بالدفع', demand: 'مطالبة بالدفع', final: 'مطالبة أخيرة بالدفع' },
    greeting: 'تحية طيبة وبعد،',
    bodies: {
      reminder: 'تجاوزت المستندات التالية تاريخ استحقاقها، وربما سهوتم عنها: نرجو دفع {amount} في موعد أقصاه {payBy}.',
      demand: 'لم تُدفع المستندات التالية بعد. نطلب منكم دفع {amount} في موعد أقصاه {payBy}.',
      final: 'رغم رسائلنا لم تُدفع المستندات التالية. يرجى دفع {amount} في موعد أقصاه {payBy}، وبعد ذلك نتخذ إجراءات أخرى.',
    },
    fee: 'يشمل المبلغ رسومًا قدرها {fee}.',
    crossed: 'إذا كنتم قد دفعتم في هذه الأثناء فلا تأخذوا هذه الرسالة في الاعتبار. وإذا كنتم تعترضون على مستند فنرجو إبلاغنا.',
    end: 'مع أطيب التحيات',
    columns: { document: 'المستند', due: 'الاستحقاق', late: 'أيام التأخير', owed: 'المستحق' },
    feeLine: 'رسوم هذه الرسالة',
    total: 'المجموع',
    account: 'الحساب',
    number: 'الرسالة',
  },
};
