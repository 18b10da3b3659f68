/** Tests of the administration of topics and settings, handler by handler. */
@NullMarked
package dev.sluice.broker.kafka.admin;

import org.jspecify.annotations.NullMarked;
