/**
 * Keys and values between bytes and objects: JSON, text and bytes, in the one way in which the
 * whole gateway sees them.
 */
@NullMarked
package dev.sluice.gateway.connect.value;

import org.jspecify.annotations.NullMarked;
