/**
 * Events of Copilot CLI without useful content, most of them about its internals. They are the greater part of its output, so
 * they are skipped without being parsed.
 */
const NAMES: Readonly<Record<string, string>> = {
  session:
    'skills_loaded mcp_servers_loaded mcp_server_status_changed mcp_server_needs_reconnect mcp_server_removed ' +
    'tools_updated background_tasks_changed info idle resume shutdown truncation usage_info usage_checkpoint ' +
    'compaction_start compaction_complete context_changed context_cleared title_changed todos_changed plan_changed ' +
    'mode_changed mode_notice_delivered model_change permissions_changed task_complete handoff snapshot_rewind ' +
    'workspace_file_changed extensions_loaded extensions.attachments_pushed custom_agents_updated custom_notification ' +
    'memory_changed binary_asset completion_receipt remote_steerable_changed session_limits_changed ' +
    'schedule_created schedule_cancelled schedule_rearmed managed_settings_enforced managed_settings_resolved ' +
    'auto_mode_resolved auto_tier_recommendation auto_tier_switch_failed autopilot_objective_changed ' +
    'canvas.opened canvas.closed canvas.recorded canvas.removed canvas.unavailable canvas.registry_changed ' +
    'fusion_commit_started fusion_completed fusion_handoff fusion_resolved fusion_route_failed fusion_route_started',
  assistant:
    'turn_start turn_end turn_retry idle intent message_start message_delta reasoning_delta streaming_delta ' +
    'tool_call_delta server_tool_progress usage fusion_phase_activity fusion_phase_completed fusion_phase_failed ' +
    'fusion_phase_started',
  model: 'call_start call_finished call_final_result',
  tool: 'execution_partial_result execution_progress shell_output user_requested',
  tool_search: 'activated',
  user: 'message',
  system: 'message notification',
  hook: 'start progress end',
  skill: 'invoked invoked_ref context_delivered context_delivered_ref',
  subagent: 'selected deselected configured started completed',
  permission:
    'assentDetected carriedForward contextualAuthorization messageAuthorization messageAuthorizationDegraded ' +
    'messageAuthorizationRead',
  sandbox: 'decision',
  command: 'queued execute completed',
  commands: 'changed',
  capabilities: 'changed',
  elicitation: 'completed',
  user_input: 'completed',
  exit_plan_mode: 'requested completed',
  auto_mode_switch: 'requested completed',
  session_limits_exhausted: 'requested completed',
  external_tool: 'requested completed',
  sampling: 'requested completed',
  mcp:
    'headers_refresh_required headers_refresh_completed oauth_required oauth_completed prompts.list_changed ' +
    'resources.list_changed tools.list_changed',
  mcp_app: 'tool_call_complete',
  pending_messages: 'modified',
  agent: 'interrupted',
  factory: 'run_started run_updated run_settled',
  ui: 'ephemeral_query',
};

export const IGNORED: ReadonlySet<string> = new Set(
  Object.entries(NAMES).flatMap(([family, names]) =>
    names.split(' ').map((name) => `${family}.${name}`),
  ),
);
