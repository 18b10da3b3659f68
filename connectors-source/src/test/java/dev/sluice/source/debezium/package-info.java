/** Tests of change capture, most of them against a real PostgreSQL. */
@NullMarked
package dev.sluice.source.debezium;

import org.jspecify.annotations.NullMarked;
