import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { AGENTS } from '../../../src/agents/registry.ts';
import { DEFAULT_CONFIG } from '../../../src/coordinator/schema/config.ts';
import {
  COMMANDS,
  CONFIG_FILE,
  CONTEXT_KEYS,
  EXTENSION_ID,
  SETTINGS,
  SETTINGS_SECTION,
  STATE_DIRECTORY,
  VIEWS,
  WALKTHROUGH,
} from '../../../src/shared/manifest.ts';
import { MANIFEST_TEXTS, readManifest } from '../../support/manifest.ts';

/** Fields of package.json with text for people. */
const TEXT_FIELDS =
  /^(?:title|shortTitle|category|contents|description|markdownDescription|displayName|altText)$/;
const ROOT = new URL('../../../', import.meta.url);
const named = z.object({ command: z.string() });
const menuItem = z.object({ command: z.optional(z.string()), when: z.optional(z.string()) });
const packageJson = z
  .object({
    name: z.string(),
    publisher: z.string(),
    activationEvents: z.array(z.string()),
    capabilities: z.object({
      untrustedWorkspaces: z.object({ restrictedConfigurations: z.array(z.string()) }),
    }),
    contributes: z.object({
      commands: z.array(z.extend(named, { enablement: z.optional(z.string()) })),
      keybindings: z._default(z.array(menuItem), []),
      menus: z.record(z.string(), z.array(menuItem)),
      views: z.record(
        z.string(),
        z.array(z.object({ id: z.string(), when: z.optional(z.string()) })),
      ),
      viewsContainers: z.record(z.string(), z.array(z.object({ id: z.string() }))),
      viewsWelcome: z.array(
        z.object({ view: z.string(), when: z.optional(z.string()), contents: z.string() }),
      ),
      walkthroughs: z.array(
        z.object({
          id: z.string(),
          steps: z.array(
            z.object({
              description: z.string(),
              media: z.object({ markdown: z.string() }),
              completionEvents: z.array(z.string()),
            }),
          ),
        }),
      ),
      configuration: z.object({
        properties: z.record(z.string(), z.object({ default: z.optional(z.unknown()) })),
      }),
      configurationDefaults: z.record(z.string(), z.record(z.string(), z.unknown())),
      jsonValidation: z.array(z.object({ fileMatch: z.union([z.string(), z.array(z.string())]) })),
    }),
  })
  .parse(readManifest());
const { contributes } = packageJson;
const menuItems = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
const steps = contributes.walkthroughs.flatMap(({ steps: each }) => each);
const clauses = [
  ...steps.flatMap(({ completionEvents }) => completionEvents),
  ...contributes.commands.map(({ enablement }) => enablement),
  ...[...menuItems, ...contributes.viewsWelcome].map(({ when }) => when),
  ...Object.values(contributes.views).flatMap((views) => views.map(({ when }) => when)),
].filter((clause) => clause !== undefined);

describe('package.json and the ids in src/shared/manifest.ts', () => {
  it('name the same extension', () => {
    assert.equal(EXTENSION_ID, `${packageJson.publisher}.${packageJson.name}`);
  });

  it('name the same commands', () => {
    const declared = contributes.commands.map(({ command }) => command);
    assert.deepEqual(differences('contributes.commands', declared, Object.values(COMMANDS)), []);
  });

  it('put only known commands into menus, keys and welcome texts', () => {
    const offered = menuItems.flatMap(({ command }) => command ?? []);
    const linked = [
      ...contributes.viewsWelcome.map(({ contents }) => contents),
      ...steps.map(({ description }) => description),
    ]
      .flatMap((text) => [...text.matchAll(/\(command:([\w.]+)/g)])
      .flatMap(([, command]) => command ?? []);
    const views = Object.values(VIEWS).map((view) => `${view}.focus`);
    const known = new Set<string>([...Object.values(COMMANDS), ...views]);
    const isOurs = (command: string): boolean => command.startsWith('parallelGroups.');
    const unknown = [...offered, ...linked].filter((each) => isOurs(each) && !known.has(each));
    assert.deepEqual(unknown, []);
  });

  it('have every text that people read in package.nls.json, and nothing else there', () => {
    const raw = readFileSync(new URL('package.json', ROOT), 'utf8');
    const used = [...raw.matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key ?? '');
    assert.deepEqual([...new Set(used)].sort(), Object.keys(MANIFEST_TEXTS).sort());
    const untranslated: string[] = [];
    JSON.parse(raw, (name, value: unknown) => {
      if (TEXT_FIELDS.test(name) && typeof value === 'string' && !value.startsWith('%')) {
        untranslated.push(value);
      }
      return value;
    });
    assert.deepEqual(untranslated, []);
  });

  it('name the same views and view containers', () => {
    const containers = Object.values(contributes.viewsContainers).flat();
    same(
      containers.map(({ id }) => id),
      [VIEWS.container],
    );
    same(Object.keys(contributes.views), [VIEWS.container]);
    const views = Object.values(contributes.views).flat();
    same(
      views.map(({ id }) => id),
      [VIEWS.groups, VIEWS.givenUp, VIEWS.agents],
    );
    const shown = clauses.flatMap((clause) => [...clause.matchAll(/(?<![\w.])view == ([\w.]+)/g)]);
    const named = [
      ...shown.map(([, id]) => id),
      ...contributes.viewsWelcome.map(({ view }) => view),
    ];
    same(
      [...new Set(named.filter((id) => id !== undefined))],
      [VIEWS.groups, VIEWS.givenUp, VIEWS.agents],
    );
  });

  it('name the same walkthrough, with words for every step', () => {
    same(
      contributes.walkthroughs.map(({ id }) => id),
      [WALKTHROUGH],
    );
    const words = steps.map(({ media }) => readFileSync(new URL(media.markdown, ROOT), 'utf8'));
    assert.ok(words.every((text) => text.startsWith('# ')));
    const shown = words.join('');
    const missing = Object.values(AGENTS)
      .filter(
        ({ title, install, signIn }) =>
          !shown.includes(title) || !shown.includes(install) || !shown.includes(signIn),
      )
      .map(({ title }) => `Add ${title} to the tables of media/walkthrough/.`);
    assert.deepEqual(missing, []);
  });

  it('have the status panel restored after a reload', () => {
    assert.ok(packageJson.activationEvents.includes(`onWebviewPanel:${VIEWS.panel}`));
  });

  it('use the same context keys in their when clauses', () => {
    const ids = clauses.flatMap((clause) => clause.match(/\bparallelGroups\.\w+/g) ?? []);
    const views = new Set<string>(Object.values(VIEWS));
    const others = new Set<string>([
      ...views,
      ...Object.values(COMMANDS),
      ...Object.values(SETTINGS).map((name) => `${SETTINGS_SECTION}.${name}`),
    ]);
    const keys = new Set(ids.filter((id) => !others.has(id)));
    same([...keys], Object.values(CONTEXT_KEYS));
  });

  it('name the same settings', () => {
    const settings = Object.values(SETTINGS).map((name) => `${SETTINGS_SECTION}.${name}`);
    const declared = Object.keys(contributes.configuration.properties);
    const place = 'contributes.configuration.properties';
    assert.deepEqual(differences(place, declared, settings), []);
    const { restrictedConfigurations } = packageJson.capabilities.untrustedWorkspaces;
    const unknown = restrictedConfigurations.filter((name) => !settings.includes(name));
    assert.deepEqual(unknown, []);
  });

  it('have every setting read by src/host/window/settings.ts', () => {
    const reader = readFileSync(new URL('src/host/window/settings.ts', ROOT), 'utf8');
    const unread = Object.keys(SETTINGS)
      .filter((key) => !new RegExp(`\\bSETTINGS\\.${key}\\b`).test(reader))
      .map((key) => `Read SETTINGS.${key} in src/host/window/settings.ts.`);
    assert.deepEqual(unread, []);
  });

  it('show the defaults that are used', () => {
    const defaults: Readonly<Record<string, unknown>> = { ...DEFAULT_CONFIG };
    const different = Object.entries(SETTINGS).flatMap(([key, name]) => {
      const shown = contributes.configuration.properties[`${SETTINGS_SECTION}.${name}`]?.default;
      const used = defaults[key];
      return used === undefined || used === null || isDeepStrictEqual(shown, used)
        ? []
        : [`The default of ${name} in package.json is not that of DEFAULT_CONFIG.`];
    });
    assert.deepEqual(different, []);
  });

  it('name the same state directory and configuration file', () => {
    assert.ok(packageJson.activationEvents.includes(`workspaceContains:${STATE_DIRECTORY}`));
    const excluded = Object.keys(contributes.configurationDefaults['files.watcherExclude'] ?? {});
    assert.deepEqual(excluded, [`**/${STATE_DIRECTORY}/**`]);
    const validated = contributes.jsonValidation.flatMap(({ fileMatch }) => fileMatch);
    assert.ok(validated.some((pattern) => pattern.endsWith(CONFIG_FILE)));
  });
});

/** What to do to make `place` of package.json name the same as src/shared/manifest.ts, each once. */
function differences(
  place: string,
  declared: readonly string[],
  expected: readonly string[],
): string[] {
  const repeated = declared.filter((name, index) => declared.indexOf(name) !== index);
  const unknown = declared.filter((name) => !expected.includes(name));
  return [
    ...expected
      .filter((name) => !declared.includes(name))
      .map((name) => `Add ${name} to ${place} in package.json.`),
    ...[...repeated, ...unknown].map((name) => `Remove ${name} from ${place} in package.json.`),
  ];
}

/** Equal whatever the order, and without repeats. */
function same(actual: readonly string[], expected: readonly string[]): void {
  assert.deepEqual([...actual].sort(), [...expected].sort());
}
