/**
 * The catalog of topics: which there are and how they are set. Commands are appended to the
 * metadata log and applied, in its order, to one deterministic state; nothing else stores control
 * state.
 */
@NullMarked
package dev.sluice.broker.topic;

import org.jspecify.annotations.NullMarked;
