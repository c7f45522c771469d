/** Giving a document back: all that is left of it, or some lines and amounts; what it comes to is seen before. */
import { Checkbox, Group, SegmentedControl, Stack, Table, Text, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { sumFigures } from '../../parts/figures.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Scrolling } from '../../parts/scrolling.tsx';
import { useTexts } from '../month/texts.ts';
import { today } from '../month/today.ts';

type Document = components['schemas']['Document'];
type Credit = components['schemas']['CreditDocument'];
const AMOUNT = /^(0|[1-9]\d{0,17})(\.\d{1,9})?$/;

export function CreditDialog({ document, onLeave }: { readonly document: Document; readonly onLeave: () => void }) {
  const t = useTexts();
  const navigate = useNavigate();
  const { number, currency, lines } = document;
  const [how, setHow] = useState<'whole' | 'lines'>('whole');
  const [reason, setReason] = useState('');
  const [on, setOn] = useState(today());
  /** Line to the amount that is given back of it. */
  const [chosen, setChosen] = useState<Readonly<Record<number, string>>>({});
  const credit = useChange({
    send: (body: Credit, { key }) =>
      client
        .POST('/v1/documents/{number}/credits', { params: { path: { number }, header: { 'Idempotency-Key': key } }, body })
        .then(answered),
    changes: [['documents'], ['ledger']],
    onDone: (note) => {
      onLeave();
      void navigate({ to: '/invoices/$number', params: { number: note.number } });
    },
  });
  const wanted = lines.filter(({ line }) => chosen[line] !== undefined);
  const isWhole = how === 'whole';
  const areAmounts = isWhole || (wanted.length > 0 && wanted.every(({ line }) => AMOUNT.test(chosen[line] ?? '')));
  const sum = sumFigures(isWhole ? lines.map(({ left }) => left.amount) : areAmounts ? wanted.map(({ line }) => chosen[line] ?? '0') : []);
  return (
    <FormDialog
      {...{ title: t('creditOf', { number }), opened: true, onClose: onLeave, action: t('issueCredit'), error: credit.error }}
      {...{ isSending: credit.isPending, isReady: reason.trim() !== '' && areAmounts, isWide: true }}
      onSubmit={() =>
        credit.mutate({
          ...{ reason: reason.trim(), on },
          ...(isWhole ? {} : { lines: wanted.map(({ line }) => ({ line, net: chosen[line] ?? '0' })) }),
        })
      }
    >
      <SegmentedControl
        value={how}
        onChange={(value) => setHow(value === 'lines' ? 'lines' : 'whole')}
        data={[
          { value: 'whole', label: t('creditWhole') },
          { value: 'lines', label: t('creditLines') },
        ]}
      />
      {!isWhole && (
        <Scrolling label={t('lines')}>
          <Table verticalSpacing={4} miw={420}>
            <Table.Tbody>
              {lines.map(({ line, description, left }) => (
                <Table.Tr key={line}>
                  <Table.Td>
                    <Checkbox
                      label={description}
                      checked={chosen[line] !== undefined}
                      onChange={(event) => {
                        const { [line]: _before, ...others } = chosen;
                        setChosen(event.currentTarget.checked ? { ...others, [line]: left.amount } : others);
                      }}
                    />
                  </Table.Td>
                  <Table.Td w={180}>
                    <TextInput
                      aria-label={t('creditAmountOf', { line })}
                      inputMode="decimal"
                      disabled={chosen[line] === undefined}
                      value={chosen[line] ?? ''}
                      placeholder={left.amount}
                      error={chosen[line] !== undefined && !AMOUNT.test(chosen[line] ?? '') ? t('notAnAmount') : undefined}
                      onChange={(event) => setChosen({ ...chosen, [line]: event.currentTarget.value.trim() })}
                    />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scrolling>
      )}
      <Textarea
        required
        autosize
        maxLength={2000}
        label={t('reason')}
        description={t('creditReasonWhat')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput type="date" required label={t('documentDay')} value={on} onChange={(event) => setOn(event.currentTarget.value)} />
      <Group justify="space-between">
        <Stack gap={0}>
          <Text>{t('creditSum')}</Text>
          <Text className="quiet">{t('creditFinal')}</Text>
        </Stack>
        <Amount value={sum} currency={currency} />
      </Group>
    </FormDialog>
  );
}
