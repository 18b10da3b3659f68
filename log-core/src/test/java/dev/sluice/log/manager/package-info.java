@NullMarked
package dev.sluice.log.manager;

import org.jspecify.annotations.NullMarked;
