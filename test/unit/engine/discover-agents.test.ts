import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadConfig } from '../../../src/engine/load-config.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

describe('Subagents that files of their own define', () => {
  let folder: string;
  let root: string;
  let home: string;
  beforeEach(() => {
    folder = temporaryDirectory();
    [root, home] = [join(folder, 'workspace'), join(folder, 'home')];
    mkdirSync(root);
    mkdirSync(home);
  });
  afterEach(() => removeDirectory(folder));

  function write(base: string, path: string, text: string): void {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), text);
  }
  const definition = (name: string, text: string) => `---\nname: ${name}\n---\n${text}\n`;
  const load = () => loadConfig(root, {}, home);

  it('are part of the configuration, below what parallel-groups.json says of them', async () => {
    write(root, '.claude/agents/w.md', '---\nname: writer\nmodel: opus\n---\nWrite well.\n');
    write(root, 'parallel-groups.json', '{"subagents":{"writer":{"model":"haiku"}}}');
    const { config, problems, defined } = await load();
    assert.deepEqual(config.subagents, { writer: { model: 'haiku', instructions: 'Write well.' } });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      defined.map(({ name, layer, file }) => [name, layer, file]),
      [['writer', '.claude/agents', '.claude/agents/w.md']],
    );
  });

  it('come from the workspace before the user’s own', async () => {
    write(home, '.claude/agents/a.md', definition('a', 'Mine.'));
    write(home, '.claude/agents/b.md', definition('b', 'Also mine.'));
    write(root, '.claude/agents/a.md', definition('a', 'Ours.'));
    write(root, '.opencode/agent/a.md', '---\nmode: all\n---\nTheirs.\n');
    const { config } = await load();
    assert.equal(config.subagents.a?.instructions, 'Ours.');
    assert.equal(config.subagents.b?.instructions, 'Also mine.');
  });

  it('are named by file and line where they are wrong, and the others count', async () => {
    write(root, '.claude/agents/bad.md', '---\ndescription: x\nname: [\n---\n');
    write(root, '.claude/agents/good.md', definition('good', 'Go.'));
    const { config, problems } = await load();
    assert.deepEqual(Object.keys(config.subagents), ['good']);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /^\.claude\/agents\/bad\.md:\d: Its front matter is not YAML/);
  });

  it('are not read where a link leads out of the workspace', async () => {
    write(folder, 'elsewhere/a.md', definition('a', 'Not ours.'));
    mkdirSync(join(root, '.claude'));
    symlinkSync(join(folder, 'elsewhere'), join(root, '.claude/agents'));
    assert.deepEqual((await load()).config.subagents, {});
  });

  it('are told apart from agents that parallel-groups.json defines twice', async () => {
    const twice = '{\n"agents": {\n"x": {"command":["a"]},\n"x": {"command":["b"]}\n}}';
    write(root, 'parallel-groups.json', twice);
    const { problems, named } = await load();
    assert.match(problems.join(), /json:4: the agent x is already registered in line 3/);
    assert.match(problems.join(), /AGENT_ALREADY_REGISTERED/);
    assert.deepEqual(
      named.map(({ section, name, line }) => [section, name, line]),
      [
        ['agents', 'x', 3],
        ['agents', 'x', 4],
      ],
    );
  });
});
