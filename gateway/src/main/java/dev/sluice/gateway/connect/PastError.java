package dev.sluice.gateway.connect;

import dev.sluice.gateway.connect.ConnectorView.TaskError;
import java.time.Instant;

/**
 * Something that went wrong with a task, as people see it afterwards.
 *
 * @param task the task's number
 * @param since when it went wrong first
 * @param at when it went wrong last, for failures that were repeated without anything working in
 *     between
 * @param setAside whether a record was set aside for it; else the task stumbled or stood still
 * @param error what went wrong; of repeated failures the last
 */
public record PastError(int task, Instant since, Instant at, boolean setAside, TaskError error) {}
