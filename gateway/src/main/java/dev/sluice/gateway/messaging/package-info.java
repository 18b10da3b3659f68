/**
 * The SmallRye Reactive Messaging connector {@code sluice-topic}: a bean's {@code @Incoming} reads
 * a topic as a consumer group and moves its position when messages are acknowledged; a bean's
 * {@code @Outgoing} is acknowledged when its record is durable.
 */
@NullMarked
package dev.sluice.gateway.messaging;

import org.jspecify.annotations.NullMarked;
