/** A file is chosen; the button that takes it away again has a name. */
import { type FileInputProps, FileInput as Plain } from '@mantine/core';
import { useShellTexts } from '../shell/texts.ts';

export function FileInput<Multiple extends boolean = false>(props: FileInputProps<Multiple>) {
  const t = useShellTexts();
  return <Plain {...props} clearButtonProps={{ 'aria-label': t('clearFile') }} />;
}
