/** A no, or no answer: what happened, what to do next, and trying again where that may help. */
import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { Problem } from '../client/problem.ts';
import { Outdated } from '../client/seen.ts';
import { useShellTexts } from '../shell/texts.ts';
import { Case, Refused, usePlace, useRefusals } from '../subjects/refusals/refusals.tsx';
import { Go } from './go.tsx';
import { IconAlertTriangle } from './icons.ts';
import { onScreen } from './on-screen.ts';
import { OutdatedFault } from './outdated.tsx';

const MOST_SHOWN = 20;

interface Props {
  readonly error: unknown;
  /** What was and was not done, where that needs saying. */
  readonly meant?: string;
  readonly onRetry?: () => void;
}

export function Fault(props: Props) {
  return props.error instanceof Outdated ? <OutdatedFault error={props.error} /> : <Refusal {...props} />;
}

function Refusal({ error, meant, onRetry }: Props) {
  const t = useShellTexts();
  const details = error instanceof Problem ? error.details : undefined;
  const isUnreachable = details === undefined && error instanceof TypeError;
  const [only] = details?.refusals ?? [];
  const several = (details?.refusals ?? []).length > 1 ? (details?.refusals ?? []).slice(0, MOST_SHOWN) : [];
  const say = (text: string): string => onScreen(text, t('patternWrong'));
  const refusals = useRefusals();
  const place = usePlace(details?.code ?? '');
  const title = details === undefined ? (isUnreachable ? t('unreachable') : t('faultOfOurs')) : refusals.title(details.code, details.title);
  const said = details === undefined ? undefined : refusals.remedy(details.code, details.remedy);
  const remedy = said ?? (isUnreachable ? t('unreachableDo') : t('faultOfOursDo'));
  return (
    <Alert
      role="alert"
      variant="light"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={title}
      styles={{ title: { color: 'var(--wrong)' }, message: { color: 'var(--mantine-color-text)' } }}
    >
      <Stack gap="sm">
        {details !== undefined && several.length === 0 && (
          <Text>
            {only?.line !== undefined && <b>{t('inRow', { row: only.line, field: only.field ?? '' })} </b>}
            <Case code={details.code} message={say(details.detail)} {...(only?.value === undefined ? {} : { value: only.value })} />
            {only?.line !== undefined && only.value !== undefined && <Code ms={4}>{only.value}</Code>}
          </Text>
        )}
        {several.length > 0 && (
          <List>
            {several.map(({ code, message, field, value, line }) => (
              <List.Item key={`${code} ${line} ${field} ${value} ${message}`}>
                {line !== undefined && <b>{t('inRow', { row: line, field: field ?? '' })} </b>}
                {line === undefined && field !== undefined && <b>{field.replace(/^\/?body\//, '')}: </b>}
                <Refused code={code} message={message} {...(value === undefined ? {} : { value })} />
                {line !== undefined && value !== undefined && <Code ms={4}>{value}</Code>}
              </List.Item>
            ))}
          </List>
        )}
        {meant !== undefined && <Text>{meant}</Text>}
        {remedy !== '' && (
          <Text>
            {remedy}
            {place !== undefined && (
              <>
                {' '}
                <Go href={place.to} underline="always">
                  {place.title}
                </Go>
              </>
            )}
          </Text>
        )}
        <Group gap="sm">
          {onRetry !== undefined &&
            (details?.code === 'api.permission-missing' ? (
              // Asked again it is the same no.
              <Go href="/" underline="always">
                {t('lostGo')}
              </Go>
            ) : (
              <Button size="xs" variant="default" onClick={onRetry}>
                {t('retry')}
              </Button>
            ))}
          {details !== undefined && (
            <Code>
              {details.code}
              {details.instance === undefined ? '' : ` · ${details.instance.replace('urn:carillon:request:', '')}`}
            </Code>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
