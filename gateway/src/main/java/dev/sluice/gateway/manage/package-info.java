/**
 * Connectors that are made, changed and removed while the gateway runs: their declarations in a
 * topic, their secrets in files, and how both come together with what the configuration file
 * declares. What a declaration means is for {@code config} to say, and running it for {@code
 * connect}.
 */
@NullMarked
package dev.sluice.gateway.manage;

import org.jspecify.annotations.NullMarked;
