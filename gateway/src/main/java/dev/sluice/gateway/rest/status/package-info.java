/**
 * What people look at: connectors with their errors, the loaded configuration, and the live
 * overview that the admin page shows.
 */
@NullMarked
package dev.sluice.gateway.rest.status;

import org.jspecify.annotations.NullMarked;
