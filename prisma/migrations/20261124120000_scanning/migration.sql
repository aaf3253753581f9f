-- AlterTable
ALTER TABLE "resumes" ADD COLUMN     "scan_due_at" TIMESTAMPTZ(3),
ADD COLUMN     "scan_reason" TEXT,
ADD COLUMN     "scanned_with" TEXT;

-- CreateIndex
CREATE INDEX "resumes_scan_state_scanned_with_idx" ON "resumes"("scan_state", "scanned_with");
