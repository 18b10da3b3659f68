package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.config.SettingChange;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.common.requests.IncrementalAlterConfigsRequest;
import org.apache.kafka.common.requests.IncrementalAlterConfigsResponse;

/** IncrementalAlterConfigs: changes what is in the request and nothing else (KIP-339). */
final class IncrementalAlterConfigsHandler
    implements BlockingHandler<IncrementalAlterConfigsRequest> {

  private final ConfigResources resources;

  IncrementalAlterConfigsHandler(ConfigResources resources) {
    this.resources = resources;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.INCREMENTAL_ALTER_CONFIGS;
  }

  @Override
  public AbstractResponse handle(IncrementalAlterConfigsRequest request, Call call) {
    IncrementalAlterConfigsResponseData answer = new IncrementalAlterConfigsResponseData();
    for (AlterConfigsResource resource : request.data().resources()) {
      List<AlterableConfig> wanted = List.copyOf(resource.configs());
      ApiError error =
          new ConfigAlteration(
                  resource.resourceType(),
                  resource.resourceName(),
                  request.data().resources().findAll(resource).size() > 1,
                  () -> plan(wanted))
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
    return new IncrementalAlterConfigsResponse(answer);
  }

  private static ConfigResources.Plan plan(List<AlterableConfig> wanted) {
    List<SettingChange> changes = changes(wanted);
    return set -> changes;
  }

  private static List<SettingChange> changes(List<AlterableConfig> wanted) {
    List<SettingChange> changes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (AlterableConfig config : wanted) {
      ConfigAlteration.refuseRepeated(!names.add(config.name()));
      changes.add(change(config));
    }
    return changes;
  }

  private static SettingChange change(AlterableConfig config) {
    OpType operation = OpType.forId(config.configOperation());
    if (operation == null) {
      throw new InvalidRequestException("There is no operation " + config.configOperation() + ".");
    }
    String name = config.name();
    return switch (operation) {
      case SET -> new SettingChange.Assign(name, value(config));
      case APPEND -> new SettingChange.Append(name, value(config));
      case SUBTRACT -> new SettingChange.Subtract(name, value(config));
      case DELETE -> new SettingChange.Clear(name);
    };
  }

  private static String value(AlterableConfig config) {
    return ConfigAlteration.required(config.name(), config.value());
  }
}
