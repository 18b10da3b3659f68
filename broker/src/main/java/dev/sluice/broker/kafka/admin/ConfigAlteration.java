package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.kafka.Call;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.requests.ApiError;
import org.jspecify.annotations.Nullable;

/**
 * A resource of a request that changes settings, the same for both APIs that do.
 *
 * @param type the resource's, by its number
 * @param isRepeated whether the request has the resource more than once
 * @param plan the changes, out of what is set now; fails where the request itself is wrong
 */
record ConfigAlteration(
    byte type, String name, boolean isRepeated, Supplier<ConfigResources.Plan> plan) {

  /** Changes the settings, or only looks whether they can be, and tells how it went. */
  ApiError carryOut(ConfigResources resources, boolean validateOnly, Call call) {
    return AdminErrors.attempt(
        () -> {
          refuseRepeated(isRepeated);
          ConfigResource resource = new ConfigResource(ConfigResource.Type.forId(type), name);
          resources.change(resource, plan.get(), validateOnly, call);
        });
  }

  static void refuseRepeated(boolean isRepeated) {
    if (isRepeated) {
      throw new InvalidRequestException("A resource, or a setting of it, is there more than once.");
    }
  }

  /** The value of a setting that needs one. */
  static String required(String setting, @Nullable String value) {
    if (value == null) {
      throw new InvalidRequestException("'" + setting + "' has no value.");
    }
    return value;
  }
}
