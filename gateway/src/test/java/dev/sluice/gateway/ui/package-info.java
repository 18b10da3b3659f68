/** The admin page in a real browser. */
@NullMarked
package dev.sluice.gateway.ui;

import org.jspecify.annotations.NullMarked;
