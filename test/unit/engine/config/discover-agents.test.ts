import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadConfig } from '../../../../src/engine/config/load-config.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

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
    const written = { of: 'claude', model: 'opus' };
    assert.deepEqual(config.subagents, {
      writer: { model: 'haiku', instructions: 'Write well.', written },
    });
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

  it('are those of Codex too: its folder, and the files that its config.toml names', async () => {
    const role = 'sandbox_mode = "read-only"\ndeveloper_instructions = "Look."';
    write(root, '.codex/agents/a.toml', `name = "auditor"\n${role}`);
    write(root, '.codex/roles/b.toml', 'developer_instructions = "Build."');
    write(root, '.codex/config.toml', '[agents.builder]\nconfig_file = "roles/b.toml"');
    write(home, '.codex/agents/c.toml', 'name = "mine"\ndeveloper_instructions = "Go."');
    const { config, problems, defined } = await load();
    assert.deepEqual(problems, []);
    const written = { of: 'codex', tools: ['read-only'] };
    assert.deepEqual(config.subagents, {
      auditor: { instructions: 'Look.', expectsChanges: false, written },
      builder: { instructions: 'Build.' },
      mine: { instructions: 'Go.' },
    });
    assert.deepEqual(
      defined.map(({ file }) => file),
      ['.codex/agents/a.toml', '.codex/roles/b.toml', '~/.codex/agents/c.toml'],
    );
  });

  it('are not the files elsewhere that a config.toml of the workspace names', async () => {
    write(folder, 'elsewhere.toml', 'developer_instructions = "Not ours."');
    write(root, '.codex/config.toml', '[agents.x]\nconfig_file = "../../elsewhere.toml"');
    assert.deepEqual((await load()).config.subagents, {});
  });

  it('are the roles of AGENTS.md, after those that have a file of their own', async () => {
    write(root, '.gemini/agents/w.md', definition('writer', 'From its file.'));
    const role = '# Roles\n\n## Writer\n\nFrom AGENTS.md.\n\n## Auditor\n\nTools: Read\n\nLook.';
    write(root, 'AGENTS.md', role);
    const { config, problems, defined } = await load();
    assert.deepEqual(problems, []);
    assert.deepEqual(config.subagents, {
      writer: { instructions: 'From its file.' },
      auditor: { instructions: 'Look.', tools: ['Read'] },
    });
    const places = defined.map(({ name, file, line }) => `${name} ${file}:${line}`);
    assert.deepEqual(places, [
      'writer .gemini/agents/w.md:1',
      'writer AGENTS.md:3',
      'auditor AGENTS.md:7',
    ]);
  });

  it('are named by file and line where they are wrong, whatever the format', async () => {
    write(root, '.codex/agents/a.toml', 'name = "a"\ndeveloper_instructions = ');
    write(root, '.codex/config.toml', '[agents.x]\nconfig_file = ');
    write(root, 'AGENTS.md', '# Role: lost\n');
    const { problems } = await load();
    assert.deepEqual(
      problems.map((problem) => problem.split(': ')[0]),
      ['.codex/config.toml:2', '.codex/agents/a.toml:2', 'AGENTS.md:1'],
    );
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
