package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.config.SettingChange;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.AlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.AlterConfigsRequest;
import org.apache.kafka.common.requests.AlterConfigsResponse;
import org.apache.kafka.common.requests.ApiError;

/** AlterConfigs, the older way: what is not in the request is left to its default. */
final class AlterConfigsHandler implements BlockingHandler<AlterConfigsRequest> {

  private final ConfigResources resources;

  AlterConfigsHandler(ConfigResources resources) {
    this.resources = resources;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.ALTER_CONFIGS;
  }

  @Override
  public AbstractResponse handle(AlterConfigsRequest request, Call call) {
    AlterConfigsResponseData answer = new AlterConfigsResponseData();
    for (AlterConfigsResource resource : request.data().resources()) {
      List<AlterableConfig> wanted = List.copyOf(resource.configs());
      ApiError error =
          new ConfigAlteration(
                  resource.resourceType(),
                  resource.resourceName(),
                  request.data().resources().findAll(resource).size() > 1,
                  () -> set -> replace(set, wanted))
              .carryOut(resources, request.data().validateOnly(), call);
      answer
          .responses()
          .add(
              new AlterConfigsResourceResponse()
                  .setResourceType(resource.resourceType())
                  .setResourceName(resource.resourceName())
                  .setErrorCode(error.error().code())
                  .setErrorMessage(error.message()));
    }
    return new AlterConfigsResponse(answer);
  }

  private static List<SettingChange> replace(
      Map<String, String> set, List<AlterableConfig> wanted) {
    List<SettingChange> changes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (AlterableConfig config : wanted) {
      ConfigAlteration.refuseRepeated(!names.add(config.name()));
      String value = ConfigAlteration.required(config.name(), config.value());
      // What stays as it is need not be allowed any more.
      if (!value.equals(set.get(config.name()))) {
        changes.add(new SettingChange.Assign(config.name(), value));
      }
    }
    for (String name : set.keySet()) {
      if (!names.contains(name)) {
        changes.add(new SettingChange.Clear(name));
      }
    }
    return changes;
  }
}
