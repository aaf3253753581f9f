-- What a resume says and what would act in it by itself, who added it and which master key wraps it; whether people who may only read see it.
-- Generated from schema.prisma.

-- CreateEnum
CREATE TYPE "reading_outcome" AS ENUM ('READ', 'NO_TEXT', 'UNREADABLE');

-- AlterTable
ALTER TABLE "office_settings" ADD COLUMN     "read_only_sees_resumes" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "resumes" ADD COLUMN     "added_by_id" UUID,
ADD COLUMN     "findings" JSONB,
ADD COLUMN     "key_name" TEXT;

-- CreateTable
CREATE TABLE "resume_texts" (
    "resume_id" UUID NOT NULL,
    "outcome" "reading_outcome" NOT NULL,
    "body" TEXT NOT NULL,
    "page_count" INTEGER,
    "is_cut" BOOLEAN NOT NULL,
    "words" tsvector NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "resume_texts_pkey" PRIMARY KEY ("resume_id")
);

-- CreateIndex
CREATE INDEX "resume_texts_words_idx" ON "resume_texts" USING GIN ("words");

-- CreateIndex
CREATE INDEX "resumes_key_name_id_idx" ON "resumes"("key_name", "id");

-- CreateIndex
CREATE INDEX "resumes_added_by_id_idx" ON "resumes"("added_by_id");

-- AddForeignKey
ALTER TABLE "resumes" ADD CONSTRAINT "resumes_added_by_id_fkey" FOREIGN KEY ("added_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "resume_texts" ADD CONSTRAINT "resume_texts_resume_id_fkey" FOREIGN KEY ("resume_id") REFERENCES "resumes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
