/** Puts the parts together: a broker that Kafka clients can connect to. */
@NullMarked
package dev.sluice.broker.front;

import org.jspecify.annotations.NullMarked;
