/** What a note of netting says, in each language. `{amount}` and the like are filled in. */
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';

export interface NettingTexts {
  readonly subject: string;
  /** A proposal, and one that both sides confirmed. */
  readonly proposed: string;
  readonly agreed: string;
  readonly columns: { readonly document: string; readonly open: string; readonly setOff: string; readonly worth: string };
  readonly remains: string;
  readonly youPay: string;
  readonly youPayBy: string;
  readonly wePay: string;
  readonly wePayBy: string;
  readonly nothing: string;
}

export const nettingTexts: Readonly<Record<DocumentLanguage, NettingTexts>> = {
  en: {
    subject: 'Netting',
    proposed:
      'we propose to set off what we owe each other as follows, and ask you to confirm it. What you owe is above zero, what we owe below.',
    agreed: 'as both of us confirmed, we have set off what we owe each other. What you owe is above zero, what we owe below.',
    columns: { document: 'Document', open: 'Open', setOff: 'Set off', worth: 'In {currency}' },
    remains: 'Remains',
    youPay: '{amount} remain for you to pay. Please quote {number}.',
    youPayBy: '{amount} remain for you to pay by {day}. Please quote {number}.',
    wePay: '{amount} remain for us to pay.',
    wePayBy: '{amount} remain for us to pay by {day}.',
    nothing: 'Nothing remains to be paid.',
  },
  de: {
    subject: 'Verrechnung',
    proposed:
      'wir schlagen vor, unsere gegenseitigen Forderungen wie folgt zu verrechnen, und bitten um Ihre Bestätigung. Ihre Schulden stehen positiv, unsere negativ.',
    agreed:
      'wie beiderseits bestätigt, haben wir unsere gegenseitigen Forderungen verrechnet. Ihre Schulden stehen positiv, unsere negativ.',
    columns: { document: 'Beleg', open: 'Offen', setOff: 'Verrechnet', worth: 'In {currency}' },
    remains: 'Es verbleiben',
    youPay: '{amount} verbleiben von Ihnen zu zahlen. Bitte geben Sie {number} an.',
    youPayBy: '{amount} verbleiben bis zum {day} von Ihnen zu zahlen. Bitte geben Sie {number} an.',
    wePay: '{amount} verbleiben von uns zu zahlen.',
    wePayBy: '{amount} verbleiben bis zum {day} von uns zu zahlen.',
    nothing: 'Es verbleibt nichts zu zahlen.',
  },
  fr: {
    subject: 'Compensation',
    proposed:
      'nous vous proposons de compenser nos créances réciproques comme suit et vous prions de le confirmer. Vos dettes sont positives, les nôtres négatives.',
    agreed:
      'comme confirmé de part et d’autre, nos créances réciproques ont été compensées. Vos dettes sont positives, les nôtres négatives.',
    columns: { document: 'Document', open: 'Solde', setOff: 'Compensé', worth: 'En {currency}' },
    remains: 'Reste',
    youPay: '{amount} restent à votre charge. Merci d’indiquer la référence {number}.',
    youPayBy: '{amount} restent à votre charge, à régler au plus tard le {day}. Merci d’indiquer la référence {number}.',
    wePay: '{amount} restent à notre charge.',
    wePayBy: '{amount} restent à notre charge, à régler au plus tard le {day}.',
    nothing: 'Il ne reste rien à régler.',
  },
  es: {
    subject: 'Compensación',
    proposed:
      'les proponemos compensar nuestras deudas recíprocas como sigue y les rogamos que lo confirmen. Lo que ustedes deben es positivo; lo que debemos, negativo.',
    agreed:
      'según lo confirmado por ambas partes, hemos compensado nuestras deudas recíprocas. Lo que ustedes deben es positivo; lo que debemos, negativo.',
    columns: { document: 'Documento', open: 'Pendiente', setOff: 'Compensado', worth: 'En {currency}' },
    remains: 'Resta',
    youPay: 'Restan {amount} a su cargo. Les rogamos que indiquen la referencia {number}.',
    youPayBy: 'Restan {amount} a su cargo, a pagar a más tardar el {day}. Les rogamos que indiquen la referencia {number}.',
    wePay: 'Restan {amount} a nuestro cargo.',
    wePayBy: 'Restan {amount} a nuestro cargo, a pagar a más tardar el {day}.',
    nothing: 'No queda nada por pagar.',
  },
  pt: {
    subject: 'Compensação',
    proposed:
      'propomos compensar as nossas dívidas recíprocas como se segue e pedimos a vossa confirmação. O que devem é positivo; o que devemos, negativo.',
    agreed:
      'conforme confirmado por ambas as partes, compensámos as nossas dívidas recíprocas. O que devem é positivo; o que devemos, negativo.',
    columns: { document: 'Documento', open: 'Em aberto', setOff: 'Compensado', worth: 'Em {currency}' },
    remains: 'Resta',
    youPay: 'Restam {amount} a vosso cargo. Pedimos que indiquem a referência {number}.',
    youPayBy: 'Restam {amount} a vosso cargo, a pagar até {day}. Pedimos que indiquem a referência {number}.',
    wePay: 'Restam {amount} a nosso cargo.',
    wePayBy: 'Restam {amount} a nosso cargo, a pagar até {day}.',
    nothing: 'Nada resta por pagar.',
  },
  ar: {
    subject: 'مقاصة',
    proposed: 'نقترح إجراء المقاصة بين ما يستحق لكل منا على الآخر كما يلي، ونرجو تأكيدكم. ما عليكم موجب وما علينا سالب.',
    agreed: 'وفقًا لتأكيد الطرفين، أجرينا المقاصة بين ما يستحق لكل منا على الآخر. ما عليكم موجب وما علينا سالب.',
    columns: { document: 'المستند', open: 'المستحق', setOff: 'المقاصة', worth: 'بعملة {currency}' },
    remains: 'المتبقي',
    youPay: 'يتبقى عليكم {amount}. يرجى ذكر المرجع {number}.',
    youPayBy: 'يتبقى عليكم {amount} تُدفع في موعد أقصاه {day}. يرجى ذكر المرجع {number}.',
    wePay: 'يتبقى علينا {amount}.',
    wePayBy: 'يتبقى علينا {amount} تُدفع في موعد أقصاه {day}.',
    nothing: 'لا يتبقى شيء للدفع.',
  },
};
