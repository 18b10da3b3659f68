/** Runs other people's Kafka programs, and ours that use their libraries, against a broker. */
@NullMarked
package dev.sluice.compat;

import org.jspecify.annotations.NullMarked;
