/** A PDF beside its data; where a browser shows none, it is said, and the file is opened or taken away. */
import { Anchor, Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { sessionFetch } from '../../client/session.ts';
import { useTexts } from '../month/texts.ts';

export function PdfView({ address, title }: { readonly address: string; readonly title: string }) {
  const t = useTexts();
  const [shown, setShown] = useState<string>();
  const pdf = useQuery({
    queryKey: ['pdf', address],
    queryFn: async () => {
      const answer = await sessionFetch(new Request(new URL(address, location.origin)));
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.blob();
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  useEffect(() => {
    if (pdf.data === undefined) return undefined;
    const url = URL.createObjectURL(pdf.data);
    setShown(url);
    return () => URL.revokeObjectURL(url);
  }, [pdf.data]);
  if (pdf.error !== null) return <Text className="quiet">{t('noPdf')}</Text>;
  if (!navigator.pdfViewerEnabled)
    return (
      <Paper withBorder radius="md" p="md">
        <Stack gap="xs">
          <Text>{t('noViewer')}</Text>
          <Group gap="md">
            <Anchor href={address} target="_blank" rel="noreferrer" underline="always">
              {t('openPdf')}
            </Anchor>
            <Anchor href={address} download underline="always">
              {t('downloadPdf')}
            </Anchor>
          </Group>
        </Stack>
      </Paper>
    );
  if (shown === undefined) return <Skeleton height={640} />;
  return (
    <Paper withBorder radius="md" style={{ overflow: 'hidden', minHeight: 640 }}>
      <iframe src={shown} title={title} style={{ width: '100%', height: '100%', minHeight: 640, border: 0 }} />
    </Paper>
  );
}
