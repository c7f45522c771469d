/** What is asked of somebody before something is done: a form that is made of its fields, opened by a button or out of a menu. */
import { Button, type ButtonProps, Checkbox, Group, Menu, Modal, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Naming, useChange } from '../client/change.ts';
import type { Of } from '../client/seen.ts';
import { useShellTexts } from '../shell/texts.ts';
import { FileInput } from './file-input.tsx';
import { FormDialog } from './form-dialog.tsx';
import { IconChevronDown } from './icons.ts';
import { JobWatch } from './job-watch.tsx';
import { sendFile } from './send-file.ts';

export interface Choice<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

export interface Field {
  readonly label: string;
  readonly description?: string;
  /** A `file` is sent first, and its word is what it is named by then; a `check` says `yes` or nothing. */
  readonly kind?: 'text' | 'long' | 'day' | 'figure' | 'file' | 'check';
  /** One of these; the first is chosen unless `start` says another. */
  readonly choices?: readonly Choice[];
  readonly isOptional?: true;
  readonly start?: string;
  /** Characters. */
  readonly most?: number;
  readonly placeholder?: string;
}

type Fields = Readonly<Record<string, Field>>;
type WordOf<F extends Field> = F extends { readonly choices: readonly Choice<infer Value>[] } ? Value : string;
/** Without what was left empty. */
type Words<F extends Fields> = { readonly [Name in keyof F as F[Name] extends { isOptional: true } ? never : Name]: WordOf<F[Name]> } & {
  readonly [Name in keyof F as F[Name] extends { isOptional: true } ? Name : never]?: WordOf<F[Name]>;
};

interface Asking<F extends Fields, Done> {
  /** On its button, in its title, and on what sends it: a verb. */
  readonly label: string;
  /** What it does, and what cannot be taken back. */
  readonly what?: string;
  readonly fields: F;
  readonly send: (words: Words<F>, naming: Naming) => Promise<Done>;
  /** Keys of queries that show something else now. */
  readonly changes?: readonly (readonly unknown[])[];
  /** What came of it, in place of the form; without it the form goes. */
  readonly said?: (done: Done) => ReactNode;
  readonly isDangerous?: boolean;
  /** What is changed, as its fields begin with it. */
  readonly of?: Of<unknown>;
}

/** As its button and its dialog take it, whatever its fields are. */
export interface Asked extends Omit<Asking<Fields, unknown>, 'send' | 'said'> {
  readonly send: (words: Readonly<Record<string, string>>, naming: Naming) => Promise<unknown>;
  readonly said?: (done: unknown) => ReactNode;
}

/** Of fields whose words `send` gets by their names. */
export function asked<const F extends Fields, Done>({ send, said, ...rest }: Asking<F, Done>): Asked {
  return {
    ...rest,
    // The dialog gives a word for each field that is not optional.
    send: (words, naming) => send(words as Words<F>, naming),
    // What `send` gave.
    ...(said === undefined ? {} : { said: (done: unknown) => said(done as Done) }),
  };
}

export function AskButton({ of, ...looks }: { readonly of: Asked } & ButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="xs" variant="default" {...looks} onClick={() => setOpen(true)}>
        {of.label}
      </Button>
      {isOpen && <AskDialog of={of} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Of several that are seldom done. */
export function AskMenu({
  asks,
  label,
  onNear,
  ...looks
}: {
  readonly asks: readonly Asked[];
  readonly label?: string;
  /** Somebody is about to open it: what it needs may be asked for. */
  readonly onNear?: () => void;
} & ButtonProps) {
  const t = useShellTexts();
  const [open, setOpen] = useState<Asked>();
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button
            {...{ size: 'xs', variant: 'default', rightSection: <IconChevronDown size={14} aria-hidden />, ...looks }}
            {...(onNear === undefined ? {} : { onPointerEnter: onNear, onFocus: onNear })}
          >
            {label ?? t('more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
          {asks.map((of) => (
            <Menu.Item key={of.label} onClick={() => setOpen(of)}>
              {of.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {open !== undefined && <AskDialog of={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

interface WorkProps {
  readonly job: string;
  readonly changes: readonly (readonly unknown[])[];
  readonly summary?: (result: Readonly<Record<string, unknown>>) => ReactNode;
}

/** What was asked for is long work: what it changes is read anew when it is over. */
export function Work({ job, changes, summary }: WorkProps) {
  const queries = useQueryClient();
  return (
    <JobWatch
      job={job}
      {...(summary === undefined ? {} : { summary })}
      onEnd={() => {
        for (const queryKey of changes) void queries.invalidateQueries({ queryKey });
      }}
    />
  );
}

const startOf = ({ start, choices, isOptional }: Field): string => start ?? (isOptional === true ? '' : (choices?.[0]?.value ?? ''));

export function AskDialog({ of, onClose }: { readonly of: Asked; readonly onClose: () => void }) {
  const shell = useShellTexts();
  const { label, what, fields, isDangerous = false, changes = [] } = of;
  const [words, setWords] = useState(() => Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, startOf(field)])));
  const [files, setFiles] = useState<Readonly<Record<string, File>>>({});
  const [came, setCame] = useState<ReactNode>();
  // As it was when this was opened: what is read anew meanwhile is not what the fields began with.
  const [begun] = useState(of.of);
  const queries = useQueryClient();
  const take = (): void => {
    for (const queryKey of changes) void queries.invalidateQueries({ queryKey });
    onClose();
  };
  const change = useChange({
    of: begun === undefined ? undefined : { ...begun, take },
    async send(given: Readonly<Record<string, string>>, naming) {
      const sent: Record<string, string> = { ...given };
      for (const [name, file] of Object.entries(files)) sent[name] = await sendFile(file);
      return of.send(sent, naming);
    },
    changes,
    onDone(done) {
      const said = of.said?.(done);
      if (said === undefined) onClose();
      else setCame(said);
    },
  });
  const given = Object.fromEntries(
    Object.entries(words)
      .map(([name, word]) => [name, word.trim()] as const)
      .filter(([name, word]) => word !== '' || fields[name]?.isOptional !== true),
  );
  if (came !== undefined)
    return (
      <Modal opened onClose={onClose} title={label} size="lg" closeButtonProps={{ 'aria-label': shell('close') }}>
        <Stack gap="md">
          {came}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shell('close')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    );
  return (
    <FormDialog
      {...{ title: label, action: label, opened: true, onClose, isDangerous, error: change.error, isSending: change.isPending }}
      isReady={Object.entries(fields).every(([name, { isOptional }]) => isOptional === true || given[name] !== '')}
      onSubmit={() => change.mutate(given)}
    >
      {what !== undefined && <Text>{what}</Text>}
      {Object.entries(fields).map(([name, field], at) => (
        <OneField
          key={name}
          {...{ field, word: words[name] ?? '', isFirst: at === 0 }}
          onWord={(word) => setWords({ ...words, [name]: word })}
          onFile={(file) => {
            setFiles({ ...files, [name]: file });
            setWords({ ...words, [name]: `${file.name} ${file.size} ${file.lastModified}` });
          }}
        />
      ))}
    </FormDialog>
  );
}

interface OneFieldProps {
  readonly field: Field;
  readonly word: string;
  readonly isFirst: boolean;
  readonly onWord: (word: string) => void;
  readonly onFile: (file: File) => void;
}

const MOST_CHARACTERS = 255;

function OneField({ field, word, isFirst, onWord, onFile }: OneFieldProps) {
  const { label, description, kind = 'text', choices, isOptional, most = MOST_CHARACTERS, placeholder } = field;
  const mayBeEmpty = isOptional === true;
  const said = { label, required: isOptional !== true, ...(description === undefined ? {} : { description }) };
  const common = {
    ...said,
    ...{ maxLength: most, value: word, ...(placeholder === undefined ? {} : { placeholder }) },
    ...(isFirst ? { 'data-autofocus': true } : {}),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => onWord(event.currentTarget.value),
  };
  if (choices !== undefined)
    return (
      <NativeSelect
        {...said}
        value={word}
        data={[...(mayBeEmpty ? [{ value: '', label: '–' }] : []), ...choices]}
        onChange={({ currentTarget: { value } }) => onWord(value)}
      />
    );
  if (kind === 'file') return <FileInput {...said} onChange={(file) => file !== null && onFile(file)} />;
  if (kind === 'check')
    return (
      <Checkbox
        label={label}
        {...(description === undefined ? {} : { description })}
        checked={word !== ''}
        onChange={({ currentTarget: { checked } }) => onWord(checked ? 'yes' : '')}
      />
    );
  if (kind === 'long') return <Textarea autosize minRows={2} maxRows={12} {...common} />;
  if (kind === 'day') return <TextInput type="date" {...common} />;
  return <TextInput {...common} {...(kind === 'figure' ? { inputMode: 'decimal' as const } : {})} />;
}
