/**
 * What several sources need: the options schema that lies beside a type, and the beat to which a
 * polling source works.
 */
@NullMarked
package dev.sluice.source.support;

import org.jspecify.annotations.NullMarked;
