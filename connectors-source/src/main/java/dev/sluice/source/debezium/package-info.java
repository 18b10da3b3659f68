/**
 * Databases as sources, through Debezium's change-data-capture engine. The engine decodes, a {@link
 * dev.sluice.source.debezium.Handover} passes its batches to the runtime and tells the database of
 * them once they are durable, and the positions live in the gateway's log rather than in Debezium's
 * own store.
 */
@NullMarked
package dev.sluice.source.debezium;

import org.jspecify.annotations.NullMarked;
