/** What came of work on usage, of a job's result. */
import { List, Stack, Table, Text } from '@mantine/core';
import { Amount } from '../../parts/amount.tsx';
import { formatFigure } from '../../parts/figures.ts';
import { Scrolling } from '../../parts/scrolling.tsx';
import { useLanguage } from '../../shell/language.ts';
import { Refused } from '../refusals/refusals.tsx';
import { useWord } from '../words/words.ts';
import { useTexts } from './texts.ts';

interface Of {
  readonly result: Readonly<Record<string, unknown>>;
}

/** As the job of it says, in src/app/api/usage-loads.ts. */
const listOf = <Row,>(value: unknown): readonly Row[] => (Array.isArray(value) ? (value as readonly Row[]) : []);

function useCount({ result }: Of): (name: string) => string {
  const language = useLanguage();
  return (name) => formatFigure(String(result[name] ?? 0), { language });
}

export function Counts(of: Of) {
  const t = useTexts();
  const count = useCount(of);
  return (
    <Stack gap="xs">
      <Text>{t('counts', { rated: count('rated'), held: count('held'), rejected: count('rejected'), duplicate: count('duplicate') })}</Text>
      <List>
        {listOf<{ readonly code: string; readonly message: string }>(of.result.refusals).map(({ code, message }) => (
          <List.Item key={`${code} ${message}`}>
            <Refused code={code} message={message} />
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}

export function TakenOut(of: Of) {
  const t = useTexts();
  const word = useWord();
  const count = useCount(of);
  const amounts = listOf<{ readonly role: string; readonly currency: string; readonly amount: string }>(of.result.amounts);
  return (
    <Stack gap="xs">
      <Text>{t(of.result.isBooked === true ? 'takenOut' : 'wouldTakeOut', { read: count('read'), charges: count('charges') })}</Text>
      {amounts.map(({ role, currency, amount }) => (
        <Text key={`${role} ${currency}`}>
          {word(role)}: <Amount value={amount} currency={currency} />
        </Text>
      ))}
    </Stack>
  );
}

export function Joined(of: Of) {
  const t = useTexts();
  const count = useCount(of);
  const left = listOf<{ readonly event: string; readonly records: readonly string[]; readonly why: string }>(of.result.left);
  return (
    <Stack gap="xs">
      <Text>
        {t(of.result.isBooked === true ? 'joined' : 'wouldJoin', {
          records: count('records'),
          calls: count('calls'),
          left: count('callsLeft'),
        })}
      </Text>
      <List>
        {left.map(({ event, records, why }) => (
          <List.Item key={event}>
            {records.join(', ')}: {why}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}

interface Difference {
  readonly agreement: string;
  readonly role: string;
  readonly destination: string;
  readonly currency: string;
  readonly before: string;
  readonly after: string;
}

export function Differences(of: Of) {
  const t = useTexts();
  const word = useWord();
  const count = useCount(of);
  const rows = listOf<Difference>(of.result.differences);
  return (
    <Stack gap="xs">
      <Text>
        {t(of.result.isBooked === true ? 'reratedBooked' : 'rerated', { looked: count('looked'), unratable: count('unratable') })}
      </Text>
      {rows.length === 0 ? (
        <Text className="quiet">{t('noDifference')}</Text>
      ) : (
        <Scrolling label={t('rerate')}>
          <Table verticalSpacing={6} miw={520}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('agreement')}</Table.Th>
                <Table.Th>{t('destination')}</Table.Th>
                <Table.Th className="figure">{t('beforeIt')}</Table.Th>
                <Table.Th className="figure">{t('afterIt')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ agreement, role, destination, currency, before, after }) => (
                <Table.Tr key={`${agreement} ${role} ${destination} ${currency}`}>
                  <Table.Td>
                    {agreement} · {word(role)}
                  </Table.Td>
                  <Table.Td>{destination}</Table.Td>
                  <Table.Td className="figure">
                    <Amount value={before} currency={currency} />
                  </Table.Td>
                  <Table.Td className="figure">
                    <Amount value={after} currency={currency} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scrolling>
      )}
    </Stack>
  );
}
