/** Tests of the MQTT source against a broker in this process. */
@NullMarked
package dev.sluice.source.mqtt;

import org.jspecify.annotations.NullMarked;
