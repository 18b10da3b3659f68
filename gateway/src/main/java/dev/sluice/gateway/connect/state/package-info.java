/**
 * What the runtime remembers: small maps kept in topics of the log, and the positions of sources in
 * one of them. Nothing else stores state.
 */
@NullMarked
package dev.sluice.gateway.connect.state;

import org.jspecify.annotations.NullMarked;
