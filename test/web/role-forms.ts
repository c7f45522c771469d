/** Opens the forms that a role has on a page, and closes them: what they send is the matter of other journeys. */
import type { Locator, Page } from 'playwright-core';
import type { Act, Letter, Row } from './role-table.ts';

/** What is wrong, in words. */
export async function openForms(page: Page, { acts = {} }: Row, letter: Letter): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const [name, act] of Object.entries(acts)) {
    const isOne = act.who.includes(letter);
    try {
      if (act.menu !== undefined) wrong.push(...(await lookInMenu(page, name, act, isOne)));
      else if (isOne && act.here === undefined) wrong.push(...(await open(page, name, doorOf(page, name))));
    } catch (error) {
      wrong.push(`“${name}” opens no form, or the form does not go: ${error}`);
      await page.keyboard.press('Escape');
    }
  }
  return wrong;
}

function doorOf(page: Page, name: string): Locator {
  const whole = new RegExp(`^\\s*${name.replaceAll(/[.*+?^$()|[\]{}]/g, '\\$&')}\\s*$`);
  return page.locator('main button, main a').filter({ hasText: whole }).first();
}

async function lookInMenu(page: Page, name: string, { menu = '' }: Act, isOne: boolean): Promise<readonly string[]> {
  const door = doorOf(page, menu);
  if (!isOne && (await door.count()) === 0) return [];
  await door.click();
  const items = page.locator('[role=menuitem]');
  // It hears Escape once it has the focus.
  await page.locator('[role=menu]:focus-within').waitFor();
  await items.first().waitFor();
  const item = items.filter({ hasText: name });
  if (isOne) return open(page, name, item);
  const wrong = (await item.count()) === 0 ? [] : [`“${name}” is in the menu`];
  await page.keyboard.press('Escape');
  await items.first().waitFor({ state: 'detached' });
  return wrong;
}

async function open(page: Page, name: string, door: Locator): Promise<readonly string[]> {
  await door.click();
  const dialog = page.locator('[role=dialog]');
  await dialog.locator('input, textarea, select, button').last().waitFor();
  const { width = 0 } = page.viewportSize() ?? {};
  await page.locator('[role=dialog]:focus-within').waitFor();
  const box = await dialog.boundingBox();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  return box !== null && box.x >= -1 && box.x + box.width <= width + 1 ? [] : [`the form of “${name}” is wider than the screen`];
}
