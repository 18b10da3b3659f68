/**
 * The handlers of consumer groups and their offsets. They check access, as Kafka does, and leave
 * what a group does to the coordinator in {@code dev.sluice.broker.group}.
 */
@NullMarked
package dev.sluice.broker.kafka.group;

import org.jspecify.annotations.NullMarked;
