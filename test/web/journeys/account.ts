/** How people come in: a passkey (the browser's own virtual authenticator), an authenticator's codes, and without either. */
import assert from 'node:assert/strict';
import { totp } from '../../support/totp.ts';
import { settle } from '../browser.ts';
import { PASSWORD } from '../house.ts';
import type { Journey } from '../journey.ts';

export const journeys: readonly Journey[] = [
  {
    name: 'somebody makes a passkey and sets an authenticator up, signs in with each, and what was removed lets nobody in',
    async walk(begin, { cli }) {
      const email = 'ada@halyard.example';
      const invited: { invitation: string } = JSON.parse(
        await cli('users', 'invite', email, 'Ada Brandt', '--role', 'network-engineer', '--json'),
      );
      const { page, context, go, errors, faults, look } = await begin({});
      const debug = await context.newCDPSession(page);
      await debug.send('WebAuthn.enable');
      await debug.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
          automaticPresenceSimulation: true,
        },
      });
      const button = (name: string) => page.getByRole('button', { name, exact: true });
      const signOut = async (): Promise<void> => {
        await page.getByRole('button', { name: 'Signed in as Ada Brandt' }).click();
        await page.getByRole('menuitem', { name: 'Sign out' }).click();
        await page.waitForURL('**/sign-in');
        // All of it is loaded anew: what it finds refused has been told when it stands.
        await settle(page);
      };

      await go(`/invitation?token=${invited.invitation}`);
      await page.getByLabel('New password').fill(PASSWORD);
      await button('Choose it and sign in').click();
      await page.waitForURL('**/sign-in*');
      await go('/sign-in?next=/account');
      await page.getByLabel('Email').fill(email);
      await page.locator('input[name=password]').fill(PASSWORD);
      await button('Sign in').click();
      await page.getByRole('heading', { name: 'Your account' }).waitFor();

      await button('Add a passkey').click();
      await page.getByRole('dialog').getByLabel('Name').fill('Laptop');
      await page.getByRole('dialog').getByRole('button', { name: 'Add a passkey' }).click();
      const passkey = page.locator('[data-passkey]');
      await passkey.getByText('Laptop').waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await passkey.getByRole('button', { name: 'Rename' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('Blue laptop');
      await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
      await passkey.getByText('Blue laptop').waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      await button('Set up').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Your password').fill(PASSWORD);
      await dialog.getByRole('button', { name: 'Next' }).click();
      await dialog.getByRole('img', { name: 'Picture for the authenticator' }).waitFor();
      await look('account-authenticator');
      assert.deepEqual(await faults(), []);
      const secret = (await dialog.locator('[data-totp]').textContent()) ?? '';
      const [paper = ''] = ((await dialog.locator('[data-codes]').textContent()) ?? '').split('\n');
      await dialog.getByLabel('Code of the app').fill(totp(secret));
      await dialog.getByRole('button', { name: 'Turn on' }).click();
      await dialog.getByText('It is on').waitFor();
      await dialog.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('region', { name: 'Authenticator' }).getByText('On', { exact: true }).waitFor();
      await look('account');
      assert.deepEqual(await faults(), []);

      await signOut();
      await look('sign-in');
      errors(); // Until here somebody who was not signed in was told so.
      await button('Sign in with a passkey').click();
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
      assert.deepEqual(errors(), []);
      await signOut();
      await page.getByLabel('Email').fill(email);
      await page.locator('input[name=password]').fill(PASSWORD);
      await button('Sign in').click();
      // Somebody else's code is asked for: back to the address, and in again.
      await page.getByLabel('Code').waitFor();
      await button('Back to address and password').click();
      await page
        .getByLabel('Email')
        .and(page.locator(`[value="${email}"]`))
        .waitFor();
      assert.equal(await page.locator('input[name=password]').inputValue(), '');
      await page.locator('input[name=password]').fill(PASSWORD);
      await button('Sign in').click();
      await page.getByLabel('Code').fill(paper);
      await button('Sign in').click();
      await page.getByRole('heading', { name: 'Overview' }).waitFor();

      await go('/account');
      await passkey.getByRole('button', { name: 'Remove' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await passkey.waitFor({ state: 'detached' });
      await signOut();
      await button('Sign in with a passkey').click();
      await page.getByRole('alert').getByText('access.passkey-refused').waitFor();
      await look('sign-in-passkey-refused');

      for (const [theme, language, size] of [
        ['dark', 'de', 'wide'],
        ['light', 'ar', 'narrow'],
      ] as const) {
        const other = await begin({ role: 'support', theme, language, size });
        await other.go('/account');
        await other.page.locator('section').first().waitFor();
        await other.look(`account-${language}`);
        assert.deepEqual(await other.faults(), []);
        assert.deepEqual(other.errors(), []);
        await other.context.clearCookies();
        await other.go('/sign-in?refused=access.single-sign-on-unknown');
        await other.page.getByRole('alert').waitFor();
        await other.look(`sign-in-${language}`);
        assert.deepEqual(await other.faults(), []);
      }
    },
  },
];
