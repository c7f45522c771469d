/** The frame of the console: navigation by subject, a bar with search, language, theme and who is signed in. */
import {
  ActionIcon,
  AppShell,
  Burger,
  Button,
  Group,
  Kbd,
  Menu,
  NavLink,
  ScrollArea,
  UnstyledButton,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Link, useLocation } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { useMe } from '../client/me.ts';
import { askSignIn } from '../client/sign-in.ts';
import { BrandMark } from '../parts/brand-mark.tsx';
import { IconKey, IconKeyboard, IconLanguage, IconLogout, IconMoon, IconSearch, IconSun, IconUser } from '../parts/icons.ts';
import { subjects } from '../subjects/all.ts';
import { useWord } from '../subjects/words/words.ts';
import { useBrand } from './brand.ts';
import { Gate } from './gate.tsx';
import { KeysHelp } from './keys-help.tsx';
import { changeLanguage, isLanguage, languages, useLanguage } from './language.ts';
import { openPalette, Palette } from './palette.tsx';
import { StandStill } from './stand-still.tsx';
import { isAllowed } from './subject.ts';
import { useShellTexts } from './texts.ts';
import { Waiting } from './waiting.tsx';

export function Shell() {
  const t = useShellTexts();
  const [isOpen, nav] = useDisclosure();
  const [isHelpOpen, help] = useDisclosure();
  const brand = useBrand();
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a phone the navigation goes away when something was chosen in it
  useEffect(() => nav.close(), [pathname]);
  useHotkeys([
    ['shift+?', help.open],
    // Where the keyboard has it without Shift.
    ['?', help.open],
    ['mod+K', openPalette],
  ]);
  return (
    <AppShell header={{ height: 48 }} navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}>
      <a className="skip" href="#content">
        {t('toContent')}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={isOpen} onClick={nav.toggle} hiddenFrom="sm" size="sm" aria-label={t('navigation')} />
            <UnstyledButton component={Link} to="/" aria-label={brand?.name ?? 'Carillon'}>
              <BrandMark brand={brand} size={20} isShort />
            </UnstyledButton>
          </Group>
          <Search />
          <Group gap={4} wrap="nowrap">
            <ActionIcon variant="subtle" color="gray" size="lg" visibleFrom="sm" aria-label={t('keys')} onClick={help.open}>
              <IconKeyboard size={18} aria-hidden />
            </ActionIcon>
            <ThemeSwitch />
            <LanguageMenu />
            <WhoMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className="navigation" mod={{ open: isOpen }} aria-label={t('navigation')}>
        <ScrollArea p={8}>
          <Navigation />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <StandStill />
        <Suspense fallback={<Waiting />}>
          <Gate />
        </Suspense>
      </AppShell.Main>
      <Palette />
      <KeysHelp opened={isHelpOpen} onClose={help.close} />
    </AppShell>
  );
}

function Navigation() {
  const me = useMe();
  const language = useLanguage();
  const { pathname } = useLocation();
  return subjects.map(({ name, title, entry }) => {
    if (entry === undefined || !isAllowed(entry, me)) return null;
    const { to, icon: Icon } = entry;
    const isHere = to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`);
    return (
      <NavLink
        key={name}
        component={Link}
        to={to}
        active={isHere}
        {...(isHere ? { 'aria-current': 'page' as const } : {})}
        label={title[language]}
        leftSection={<Icon size={18} stroke={1.5} aria-hidden />}
        style={{ borderRadius: 4, minHeight: 36 }}
      />
    );
  });
}

function Search() {
  const t = useShellTexts();
  return (
    <>
      <Button
        variant="default"
        size="xs"
        w={320}
        visibleFrom="sm"
        justify="space-between"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={<Kbd size="xs">Ctrl K</Kbd>}
        onClick={openPalette}
        fw={400}
      >
        {t('search')}
      </Button>
      <ActionIcon variant="subtle" color="gray" size="lg" hiddenFrom="sm" aria-label={t('search')} onClick={openPalette}>
        <IconSearch size={18} aria-hidden />
      </ActionIcon>
    </>
  );
}

function ThemeSwitch() {
  const t = useShellTexts();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const isDark = colorScheme === 'dark' || (colorScheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={t(isDark ? 'toLight' : 'toDark')}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      {isDark ? <IconSun size={18} aria-hidden /> : <IconMoon size={18} aria-hidden />}
    </ActionIcon>
  );
}

function LanguageMenu() {
  const t = useShellTexts();
  const now = useLanguage();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('language')}>
          <IconLanguage size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(languages).map(([language, name]) => (
          <Menu.Item
            key={language}
            lang={language}
            fw={language === now ? 600 : 400}
            onClick={() => isLanguage(language) && void changeLanguage(language)}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function RoleName({ role }: { readonly role: string }) {
  return useWord()(role);
}

function WhoMenu() {
  const t = useShellTexts();
  const { name, email, role } = useMe();
  const leave = async (): Promise<void> => {
    await askSignIn('/sign-out');
    location.assign('/sign-in');
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('whoIs', { name })}>
          <IconUser size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {name}
          <br />
          {email}
          <br />
          <Suspense fallback={role}>{role !== undefined && <RoleName role={role} />}</Suspense>
        </Menu.Label>
        <Menu.Item component={Link} to="/account" leftSection={<IconKey size={16} aria-hidden />}>
          {t('account')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void leave()}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
