/**
 * What people do in the admin UI, from end to end: the packaged gateway in a process of its own,
 * and a real browser.
 */
@NullMarked
package dev.sluice.gateway.journey;

import org.jspecify.annotations.NullMarked;
