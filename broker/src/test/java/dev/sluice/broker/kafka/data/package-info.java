/** Tests of handlers for records in and out. */
@NullMarked
package dev.sluice.broker.kafka.data;

import org.jspecify.annotations.NullMarked;
