/** One entry of the audit trail, field by field; as it is kept behind a button. */
import { Button, Code, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { components } from '../../client/client.ts';
import { Instant } from '../../parts/instant.tsx';
import { Said } from '../../parts/said.tsx';
import { Scrolling } from '../../parts/scrolling.tsx';
import { useShellTexts } from '../../shell/texts.ts';
import { type ToldField, toldOf } from './audit-told.ts';
import { useTexts } from './texts.ts';

type Entry = components['schemas']['AuditEntry'];

interface Props {
  readonly entry: Entry;
  /** What was asked and how it was stand in the entry that is followed, what came of it in the one that follows. */
  readonly others: readonly Entry[];
  /** What was done, in words. */
  readonly what: string;
  readonly onLeave: () => void;
}

export function AuditEntry({ entry, others, what, onLeave }: Props) {
  const t = useTexts();
  const shell = useShellTexts();
  const [isRaw, setRaw] = useState(false);
  const { who, at, subject, isErased } = entry;
  const { asked, before, after } = wholeOf(entry, others);
  const told = toldOf({ asked, before, after });
  const raw = [
    ['asked', asked],
    ['before', before],
    ['after', after],
    ['hash', entry.hash],
  ] as const;
  return (
    <Modal
      opened
      size="xl"
      onClose={onLeave}
      title={`${what} · ${t('entry')} ${entry.entry}`}
      closeButtonProps={{ 'aria-label': shell('close') }}
    >
      <Stack gap="md">
        <Group gap="md">
          <Said>{who.name === '' ? who.id : who.name}</Said>
          <Instant at={at} />
          <Said>{`${subject.kind} ${subject.id}`.trim()}</Said>
        </Group>
        {isErased && <Text role="status">{t('contentErased')}</Text>}
        {!isErased && told.fields.length === 0 && <Text>{t('nothingTold')}</Text>}
        {told.fields.length > 0 && <Fields of={told.fields} />}
        {told.unchanged > 0 && <Text className="quiet">{t('stayed', { count: told.unchanged })}</Text>}
        <Group>
          <Button variant="default" size="xs" aria-expanded={isRaw} onClick={() => setRaw(!isRaw)}>
            {t('rawText')}
          </Button>
        </Group>
        {isRaw &&
          raw.map(([name, text]) =>
            text === undefined ? null : (
              <div key={name}>
                <Text className="quiet" size="sm">
                  {t(name)}
                </Text>
                <Code block dir="ltr" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
                  {text}
                </Code>
              </div>
            ),
          )}
      </Stack>
    </Modal>
  );
}

/** Only columns in which something stands. */
function Fields({ of }: { readonly of: readonly ToldField[] }) {
  const t = useTexts();
  const shown = (['before', 'asked', 'after'] as const).filter((each) => of.some((field) => field[each] !== undefined));
  return (
    <Scrolling label={t('fields')}>
      <Table verticalSpacing={4} aria-label={t('fields')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('field')}</Table.Th>
            {shown.map((each) => (
              <Table.Th key={each} scope="col">
                {t(each)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.map((field) => (
            <Table.Tr key={field.name}>
              <Table.Th scope="row">
                <Said>{field.name}</Said>
              </Table.Th>
              {shown.map((each) => (
                <Table.Td key={each}>
                  <Said>{field[each] ?? ''}</Said>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scrolling>
  );
}

function wholeOf(entry: Entry, others: readonly Entry[]): Pick<Entry, 'asked' | 'before' | 'after'> {
  const first = others.find(({ entry: number }) => number === entry.follows) ?? entry;
  const last = others.find(({ follows }) => follows === entry.entry) ?? entry;
  const [asked, before, after] = [entry.asked ?? first.asked, entry.before ?? first.before, entry.after ?? last.after];
  return {
    ...(asked === undefined ? {} : { asked }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}
