/** The last four weeks of a partner's usage, both ways. */
import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Count } from '../../parts/amount.tsx';
import { Fault } from '../../parts/fault.tsx';
import { sumFigures } from '../../parts/figures.ts';
import { Sparkline } from '../../parts/sparkline.tsx';
import { daysTo } from '../overview/days.ts';
import { useTexts } from './texts.ts';

const DAYS = 28;

export function PartnerTraffic({ party }: { readonly party: string }) {
  const t = useTexts();
  const asked = useQuery({
    queryKey: ['partner-traffic', party],
    queryFn: async () => {
      const { on } = await client.GET('/v1/overview', { params: { query: {} } }).then(answered);
      const days = daysTo(on, DAYS);
      const query = { rows: 'day', from: days[0] ?? on, to: on, partner: party } as const;
      const { rows } = await client.GET('/v1/reports/figures', { params: { query } }).then(answered);
      return { days, rows };
    },
  });
  return (
    <Paper withBorder p="md" component="section" aria-label={t('traffic')}>
      <Title order={2} mb="sm">
        {t('traffic')}
      </Title>
      {asked.error !== null && <Fault error={asked.error} onRetry={() => void asked.refetch()} />}
      {asked.data !== undefined &&
        (['sold', 'bought'] as const).map((side) => {
          const { days, rows } = asked.data;
          const of = (day: string): string => sumFigures(rows.filter(({ row }) => row === day).map((each) => each[side].attempts));
          const figures = days.map(of);
          return (
            <Group key={side} justify="space-between" mb="sm">
              <Stack gap={0}>
                <Text size="xs" className="quiet">
                  {t(side)}
                </Text>
                <Text component="div" size="lg" fw={600}>
                  <Count value={sumFigures(figures)} />
                </Text>
              </Stack>
              <Sparkline values={figures.map(Number)} label={t(side)} width={240} height={40} />
            </Group>
          );
        })}
    </Paper>
  );
}
