@NullMarked
package dev.sluice.gateway.manage;

import org.jspecify.annotations.NullMarked;
