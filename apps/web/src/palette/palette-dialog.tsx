import { Dialog, Modal, ModalOverlay } from "react-aria-components/Modal";
import { CommandPalette } from "./command-palette";
import { paletteBox, paletteScrim } from "./palette-input";

interface PaletteDialogProps {
  text: string;
  onType: (text: string) => void;
  onChoose: (run: () => void) => void;
  onClose: () => void;
}

/** The palette over the page. */
export function PaletteDialog({ onClose, ...palette }: PaletteDialogProps) {
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable
      className={paletteScrim}
    >
      <Modal className={paletteBox}>
        <Dialog aria-label="Find or do" className="outline-none">
          <CommandPalette {...palette} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
