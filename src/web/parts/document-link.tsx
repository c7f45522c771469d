/** To what the books call by this name: payments have pages of their own, and so have nettings; all else is an invoice. */
import { Go } from './go.tsx';

export function DocumentLink({ document }: { readonly document: string }) {
  const folder = /^PAY-\d+$/.test(document) ? 'payments' : /^NET-\d+$/.test(document) ? 'netting' : 'invoices';
  return <Go href={`/${folder}/${encodeURIComponent(document)}`}>{document}</Go>;
}
