import { Checkbox, Modal, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Connector } from "../../../api/schema";
import { ConfirmByName } from "../../../components/ConfirmByName";
import { connector as text } from "../../../text/en/connector";
import { deleteConnector } from "../form/api";
import { OfferChange } from "../form/OfferChange";
import { isDeclared } from "../origin";

/** Deletes what was made over HTTP; what a file declares is taken out of the file. */
export default function DeleteConnector(props: {
  connector: Connector;
  opened: boolean;
  onClose: () => void;
}) {
  const { connector, opened, onClose } = props;
  const navigate = useNavigate();
  const [isForgetting, setForgetting] = useState(false);
  const canForget = connector.state === "STOPPED";
  if (isDeclared(connector)) {
    return (
      <Modal opened={opened} onClose={onClose} title={text.remove.title}>
        <OfferChange name={connector.name} spec={undefined} />
      </Modal>
    );
  }
  return (
    <ConfirmByName
      opened={opened}
      onClose={onClose}
      title={text.remove.title}
      name={connector.name}
      action={text.actions.delete}
      run={async () => {
        await deleteConnector(connector.name, canForget && isForgetting);
        await navigate({ to: "/ui/connectors" });
      }}
    >
      <Text>{text.remove.loses}</Text>
      <Text size="sm">{text.remove.keeps}</Text>
      <Checkbox
        label={text.remove.forget}
        description={canForget ? undefined : text.remove.forgetStopped}
        disabled={!canForget}
        checked={canForget && isForgetting}
        onChange={({ currentTarget }) => setForgetting(currentTarget.checked)}
      />
    </ConfirmByName>
  );
}
