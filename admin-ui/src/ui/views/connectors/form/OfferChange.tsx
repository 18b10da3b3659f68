import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { queries } from "../../../api/queries";
import { CodeEditor } from "../../../components/CodeEditor";
import { Failure } from "../../../components/Notice";
import { connectorForm as text } from "../../../text/en/connectorForm";
import { configFilesQuery } from "../../configuration/queries";
import { offerChange } from "./declared";
import { type Spec, writeSpec } from "./specYaml";

/** For what a file declares: leads to the changed file, which is applied in the configuration. */
export function OfferChange(props: {
  name: string;
  /** Without one it is taken out of the file. */
  spec: Spec | undefined;
  /** Why it can't be offered yet. */
  whyNot?: string | undefined;
}) {
  const { name, spec, whyNot } = props;
  const router = useRouter();
  const offering = useMutation({
    mutationFn: async () => offerChange(await queries.fetchQuery(configFilesQuery), name, spec),
    onSuccess: (isOffered) =>
      isOffered && router.history.push("/ui/configuration", {}, { ignoreBlocker: true }),
  });
  return (
    <Stack gap="sm">
      <Alert color="gray" title={text.declared}>
        <Text size="sm">{spec === undefined ? text.removeWhy : text.declaredWhy}</Text>
      </Alert>
      {offering.error && <Failure error={offering.error} />}
      {offering.data === false && (
        <>
          <Text size="sm">{text.noFile}</Text>
          {spec && (
            <CodeEditor
              readOnly
              language="yaml"
              ariaLabel={text.yaml}
              value={writeSpec("", { [name]: spec })}
            />
          )}
        </>
      )}
      <Group>
        <Button
          disabled={whyNot !== undefined}
          loading={offering.isPending}
          onClick={() => offering.mutate()}
        >
          {text.offer}
        </Button>
        {whyNot !== undefined && <Text size="sm">{whyNot}</Text>}
      </Group>
    </Stack>
  );
}
