/**
 * What people and programs have declared: topics and their settings, users, access rules, quotas. A
 * change is a command that is appended to the metadata log and applied, in the log's order, to one
 * deterministic state; nothing else stores control state.
 */
@NullMarked
package dev.sluice.broker.metadata;

import org.jspecify.annotations.NullMarked;
