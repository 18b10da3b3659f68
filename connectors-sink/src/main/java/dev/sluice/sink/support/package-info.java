/**
 * What several sinks share: templates such as {@code {topic}/{key}}, JSON text, reading a type's
 * options schema, and remembering what a failed put has already delivered.
 */
@NullMarked
package dev.sluice.sink.support;

import org.jspecify.annotations.NullMarked;
