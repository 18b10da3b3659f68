/**
 * Databases as sources, through Debezium's change-data-capture engine. The engine decodes, a {@link
 * dev.sluice.source.debezium.Handover} passes its batches to the runtime and tells the database of
 * them once they are durable, and the positions live in the gateway's log rather than in Debezium's
 * own store. How far a capture is, {@link dev.sluice.source.debezium.CaptureProgress} learns from
 * the events; a requested snapshot becomes part of the position ({@link
 * dev.sluice.source.debezium.SnapshotTurn}) and so survives whatever ends the engine.
 */
@NullMarked
package dev.sluice.source.debezium;

import org.jspecify.annotations.NullMarked;
