/**
 * Finding records: what they must be like, and the pass over part of a topic that looks at each of
 * them. Knows the log by its port alone, and neither threads nor HTTP.
 */
@NullMarked
package dev.sluice.gateway.search;

import org.jspecify.annotations.NullMarked;
