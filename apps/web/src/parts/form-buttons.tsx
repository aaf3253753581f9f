import { Button } from "./button";

interface FormButtonsProps {
  /** What sending the form does, and the same while it is under way. */
  send: string;
  sending: string;
  isSending: boolean;
  onCancel: () => void;
}

/** The end of a form that can be left: the way on first. */
export function FormButtons({ send, sending, isSending, onCancel }: FormButtonsProps) {
  return (
    <div className="flex flex-wrap gap-2">
      <Button type="submit" look="primary">
        {isSending ? sending : send}
      </Button>
      <Button look="quiet" onPress={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
