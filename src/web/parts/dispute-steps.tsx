/** What happened in a dispute, and the files in it: the same for the house and for the partner. */
import { Anchor, Text, Timeline } from '@mantine/core';
import { useWord } from '../subjects/words/words.ts';
import { Amount } from './amount.tsx';
import { Day } from './instant.tsx';
import { Said } from './said.tsx';

export interface DisputeStep {
  readonly day: string;
  readonly net?: string | undefined;
  readonly note: string;
  /** What came of it, and the document of that. */
  readonly outcome?: string | undefined;
  readonly result?: string | undefined;
}

interface StepsProps<S> {
  readonly steps: readonly S[];
  readonly currency: string;
  /** Who did what. */
  readonly title: (step: S) => string;
}

export function DisputeSteps<S extends DisputeStep>({ steps, currency, title }: StepsProps<S>) {
  const word = useWord();
  return (
    <Timeline active={steps.length - 1} bulletSize={16}>
      {steps.map((step, at) => (
        <Timeline.Item
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only added behind each other
          key={at}
          title={title(step)}
        >
          <Text className="quiet" component="div">
            <Day day={step.day} />
          </Text>
          {step.net !== undefined && (
            <Text component="div">
              <Amount value={step.net} currency={currency} />
            </Text>
          )}
          {step.outcome !== undefined && <Text>{word(`outcome ${step.outcome}`)}</Text>}
          {step.result !== undefined && (
            <Text>
              <Said>{step.result}</Said>
            </Text>
          )}
          {step.note !== '' && (
            <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              <Said>{step.note}</Said>
            </Text>
          )}
        </Timeline.Item>
      ))}
    </Timeline>
  );
}

export function DisputeEvidence({
  dispute,
  files,
}: {
  readonly dispute: string;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}) {
  return files.map(({ name, sha256 }) => (
    <div key={sha256}>
      <Anchor href={`/v1/disputes/${dispute}/evidence/${sha256}`} download={name}>
        <Said>{name}</Said>
      </Anchor>
    </div>
  ));
}
